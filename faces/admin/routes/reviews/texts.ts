import { addTexts } from '../../i18n.ts';
import de from '../../locales/reviews/de.json';
import en from '../../locales/reviews/en.json';

addTexts({ en, de });
