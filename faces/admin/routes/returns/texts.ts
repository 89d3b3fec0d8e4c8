import { addTexts } from '../../i18n.ts';
import en from '../../locales/en/returns.json';

addTexts(en);
