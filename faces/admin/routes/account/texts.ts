import { addTexts } from '../../i18n.ts';
import de from '../../locales/account/de.json';
import en from '../../locales/account/en.json';

addTexts({ en, de });
