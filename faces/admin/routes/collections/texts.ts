import { addTexts } from '../../i18n.ts';
import en from '../../locales/en/collections.json';

addTexts(en);
