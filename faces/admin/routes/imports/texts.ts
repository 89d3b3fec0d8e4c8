import { addTexts } from '../../i18n.ts';
import en from '../../locales/en/imports.json';

addTexts(en);
