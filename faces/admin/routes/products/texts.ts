import { addTexts } from '../../i18n.ts';
import de from '../../locales/products/de.json';
import en from '../../locales/products/en.json';

addTexts({ en, de });
