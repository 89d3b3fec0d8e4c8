import { getNonce } from 'get-nonce';
import type { ReactNode } from 'react';

/** The frame inherits the policy of this page, which allows styles with its nonce. */
const styled = (html: string): string =>
  html.replaceAll(/<style(?=[\s>])/gi, `<style nonce="${getNonce() ?? ''}"`);

interface MailFrameProps {
  readonly title: string;
  readonly html: string;
}

/** A mail is untrusted: in its frame it has no origin, runs no scripts, sends no forms, loads nothing, and its links lead nowhere. */
export const MailFrame = ({ title, html }: MailFrameProps): ReactNode => (
  <iframe
    title={title}
    sandbox=""
    srcDoc={styled(html)}
    style={{
      width: '100%',
      height: 560,
      border: '1px solid var(--shop-line)',
      borderRadius: 'var(--mantine-radius-sm)',
      background: '#fff',
      colorScheme: 'light',
    }}
  />
);
