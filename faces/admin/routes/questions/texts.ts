import { addTexts } from '../../i18n.ts';
import en from '../../locales/en/questions.json';

addTexts(en);
