import { addTexts } from '../../i18n.ts';
import en from '../../locales/en/stock.json';

addTexts(en);
