import { addTexts } from '../../i18n.ts';
import de from '../../locales/stock/de.json';
import en from '../../locales/stock/en.json';

addTexts({ en, de });
