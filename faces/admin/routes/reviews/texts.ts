import { addTexts } from '../../i18n.ts';
import en from '../../locales/en/reviews.json';

addTexts(en);
