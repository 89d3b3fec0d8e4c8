import { addTexts } from '../../i18n.ts';
import en from '../../locales/en/account.json';

addTexts(en);
