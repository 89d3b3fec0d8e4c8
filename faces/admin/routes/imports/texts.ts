import { addTexts } from '../../i18n.ts';
import de from '../../locales/imports/de.json';
import en from '../../locales/imports/en.json';

addTexts({ en, de });
