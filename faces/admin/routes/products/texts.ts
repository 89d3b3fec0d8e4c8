import { addTexts } from '../../i18n.ts';
import en from '../../locales/en/products.json';

addTexts(en);
