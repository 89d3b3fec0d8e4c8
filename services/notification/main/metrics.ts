import type { Toolbox } from '#adapters/service/module.ts';
import type { SendingTools } from '../adapters/tasks/send-mail.ts';
import type { RendererOptions } from '../adapters/templates/handlebars-renderer.ts';

/** Counts messages per channel and outcome. */
export const watchSending = ({
  metrics,
}: Pick<Toolbox, 'metrics'>): NonNullable<SendingTools['onOutcome']> => {
  const outcomes = metrics.counter(
    'notifications_total',
    'Attempts to send messages, by outcome: sent, failed and suppressed are final, later is retried',
    ['channel', 'outcome'],
  );
  const repeated = metrics.counter(
    'notifications_possibly_repeated_total',
    'Messages that a provider accepted after an attempt whose outcome was not recorded: recipients may have them twice',
    ['channel'],
  );
  return (channel, outcome, isRepeated) => {
    outcomes.inc({ channel, outcome });
    if (outcome === 'sent' && isRepeated) repeated.inc({ channel });
  };
};

/** Counts mails in another language than chosen, or without a template. */
export const watchTemplates = ({
  metrics,
  logger,
}: Pick<Toolbox, 'metrics' | 'logger'>): NonNullable<RendererOptions['onFallback']> => {
  const fallen = metrics.counter(
    'mail_template_fallbacks_total',
    'Mails in another language than their recipient chose, or as plain text, because a template is missing or broken',
    ['kind', 'locale', 'to'],
  );
  return ({ kind, locale, to, error }) => {
    fallen.inc({ kind, locale, to });
    if (error !== undefined) logger.error({ err: error, kind, locale }, 'a template is broken');
  };
};
