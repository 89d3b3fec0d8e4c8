import { addTexts } from '../../i18n.ts';
import en from '../../locales/en/operations.json';

addTexts(en);
