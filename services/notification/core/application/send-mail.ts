import { reasonToHold } from '../domain/admission.ts';
import { categoryOf, type Channel as ChannelName } from '../domain/kinds.ts';
import type { MailContent } from '../domain/mail.ts';
import type { Outcome } from '../domain/notification.ts';
import type { Channel, Mailer, Renderer, ShortMessage } from '../ports/mailer.ts';
import type { NotificationQueries } from '../ports/notification-queries.ts';

type Queries = Pick<NotificationQueries, 'preferences' | 'suppression'>;

const reasonToday = async (
  queries: Queries,
  { kind, userId, to }: MailContent,
  channel: ChannelName,
): Promise<string | undefined> => {
  if (categoryOf(kind) === 'security') return undefined;
  const [preferences, suppression] = await Promise.all([
    userId === undefined ? undefined : queries.preferences(userId),
    queries.suppression(to.email),
  ]);
  return reasonToHold(kind, channel, { preferences, suppression });
};

export interface MailTools {
  readonly queries: Queries;
  readonly renderer: Renderer;
  readonly mailer: Mailer;
  /** Where one click ends mails of a kind to a user; undefined if this shop has no public address. */
  readonly unsubscribeUrlOf: (content: MailContent) => string | undefined;
}

/** Sends a mail, unless its recipient no longer wants it. Throws if it may be retried. */
export const makeDeliverMail =
  ({ queries, renderer, mailer, unsubscribeUrlOf }: MailTools) =>
  async (content: MailContent): Promise<Outcome> => {
    const reason = await reasonToday(queries, content, 'email');
    if (reason !== undefined) return { status: 'suppressed', failure: reason };
    const isMarketing = categoryOf(content.kind) === 'marketing';
    const unsubscribeUrl = isMarketing ? unsubscribeUrlOf(content) : undefined;
    if (isMarketing && unsubscribeUrl === undefined)
      return { status: 'suppressed', failure: 'there is no address to unsubscribe at' };
    const { mail, ...edition } = renderer.render(content, unsubscribeUrl);
    return { ...(await mailer.deliver({ ...mail, unsubscribeUrl })), edition };
  };

/** Sends a text or push message, unless its recipient no longer wants it. Throws if it may be retried. */
export const makeDeliverShort =
  (
    queries: Queries,
    renderer: Pick<Renderer, 'line'>,
    name: ChannelName,
    channel: Channel<ShortMessage>,
    shop: string,
  ) =>
  async (content: MailContent, to: string): Promise<Outcome> => {
    const reason = await reasonToday(queries, content, name);
    if (reason !== undefined) return { status: 'suppressed', failure: reason };
    const text = renderer.line(content);
    return channel.deliver({ messageId: content.mailId, to, title: shop, text });
  };
