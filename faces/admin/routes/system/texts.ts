import { addTexts } from '../../i18n.ts';
import de from '../../locales/operations/de.json';
import en from '../../locales/operations/en.json';

addTexts({ en, de });
