import { addTexts } from '../../i18n.ts';
import de from '../../locales/returns/de.json';
import en from '../../locales/returns/en.json';

addTexts({ en, de });
