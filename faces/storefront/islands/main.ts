/**
 * The islands: what a page does beyond links and forms. Each begins at an element with `data-island`; without a script, the page works
 * as it is.
 */
import '../styles/main.css';
import { addToCart } from './add-to-cart.ts';
import { autoSubmit, filters, once } from './forms.ts';
import { mailToken } from './mail-token.ts';
import { offline } from './offline.ts';
import { orderLink } from './order-link.ts';
import { ownReview } from './own-review.ts';
import { pictures } from './pictures.ts';
import { progress } from './progress.ts';
import { recommendations } from './recommendations.ts';
import { report } from './report.ts';
import { suggestions } from './suggestions.ts';
import { onSwap } from './swap.ts';
import { showVisitor } from './visitor.ts';

type Island = (element: HTMLElement) => void;

const ISLANDS: Readonly<Record<string, Island>> = {
  visitor: () => void showVisitor(),
  suggestions,
  filters,
  'auto-submit': autoSubmit,
  once,
  'add-to-cart': addToCart,
  progress,
  report,
  recommendations,
  'own-review': ownReview,
  pictures,
  offline,
  'order-link': orderLink,
  'mail-token': mailToken,
};

const begin = (root: ParentNode): void => {
  for (const element of root.querySelectorAll<HTMLElement>('[data-island]'))
    ISLANDS[element.dataset['island'] ?? '']?.(element);
};

document.documentElement.classList.add('scripted');
begin(document);
onSwap(begin);
