import type { OrderPage } from '#contracts/pages/storefront.ts';
import type { Translate } from '../locales/texts.ts';
import { CheckIcon } from './icons.tsx';
import { statusText } from './parts.tsx';

interface Props extends Pick<OrderPage, 'steps' | 'status'> {
  readonly t: Translate;
}

/** How far an order is; its status, if it is not on the usual way. */
export const Steps = ({ steps, status, t }: Props) =>
  steps.length === 0 ? (
    <p class="strong">{statusText(status, t)}</p>
  ) : (
    <ol class="steps">
      {steps.map(({ name, state }) => (
        <li class={state} aria-current={state === 'current' ? 'step' : undefined}>
          <span class="step-mark">{state === 'done' && <CheckIcon />}</span>
          <span>{statusText(name, t)}</span>
        </li>
      ))}
    </ol>
  );
