import { addTexts } from '../../i18n.ts';
import en from '../../locales/en/orders.json';

addTexts(en);
