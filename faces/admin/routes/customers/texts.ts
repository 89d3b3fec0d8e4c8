import { addTexts } from '../../i18n.ts';
import en from '../../locales/en/customers.json';

addTexts(en);
