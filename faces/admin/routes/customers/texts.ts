import { addTexts } from '../../i18n.ts';
import de from '../../locales/customers/de.json';
import en from '../../locales/customers/en.json';

addTexts({ en, de });
