import type { ComponentChildren } from 'preact';
import type { Entered, FormFault, Link } from '#contracts/pages/storefront.ts';
import type { Key, Translate } from '../locales/texts.ts';

export const Breadcrumbs = ({ links, t }: { links: readonly Link[]; t: Translate }) => (
  <nav class="breadcrumbs" aria-label={t('breadcrumbs')}>
    <ol>
      <li>
        <a href="/">{t('home')}</a>
      </li>
      {links.map(({ href, text }) => (
        <li>
          <a href={href}>{text}</a>
        </li>
      ))}
    </ol>
  </nav>
);

/** Codes that tell of a success. */
const GOOD = [
  'ADDED',
  'RESET_SENT',
  'PASSWORD_SET',
  'PASSWORD_CHANGED',
  'EMAIL_CONFIRMED',
  'EMAIL_MAILED',
  'CONFIRMATION_MAILED',
  'SAVED',
  'REMOVED',
  'SESSION_ENDED',
  'ERASED',
  'PUBLISHED',
  'WAITS',
  'REVIEW_DELETED',
  'WISH_ADDED',
  'RETURN_REQUESTED',
  'RETURN_CANCELLED',
  'ADDRESS_CHANGED',
  'ADDRESS_REQUESTED',
];

export const Notice = ({ code, t }: { code: string | undefined; t: Translate }) =>
  code === undefined ? null : (
    <p
      class={GOOD.includes(code) ? 'notice good' : 'notice bad'}
      role={GOOD.includes(code) ? 'status' : 'alert'}
    >
      {t.notice(code)}
    </p>
  );

/** What is wrong with a form, with links to its fields. */
export const Faults = ({ faults, t }: { faults: readonly FormFault[]; t: Translate }) =>
  faults.length === 0 ? null : (
    <div class="notice bad" role="alert">
      <p>
        <strong>{t('check_entries')}</strong>
      </p>
      <ul>
        {faults.map(({ field, message, minutes }) => (
          <li>
            {field === undefined ? (
              t.notice(message, minutes)
            ) : (
              <a href={`#${field}`}>{t.field(field, message, minutes)}</a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly t: Translate;
  readonly entered: Entered;
  readonly faults: readonly FormFault[];
  readonly type?: keyof typeof INPUTS;
  readonly autocomplete: string;
  readonly isRequired?: boolean;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly children?: ComponentChildren;
}

interface Attributes {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly autocomplete: string;
  readonly required: boolean;
  readonly maxLength: number | undefined;
  readonly minLength: number | undefined;
  readonly 'aria-invalid': 'true' | undefined;
  readonly 'aria-describedby': string | undefined;
}

const INPUTS = {
  text: (attributes: Attributes) => <input type="text" {...attributes} />,
  email: (attributes: Attributes) => <input type="email" {...attributes} />,
  password: (attributes: Attributes) => <input type="password" {...attributes} value="" />,
  tel: (attributes: Attributes) => <input type="tel" {...attributes} />,
} as const;

/** An input with its label and its fault. */
export const Field = ({ name, label, t, entered, faults, type = 'text', ...more }: FieldProps) => {
  const fault = faults.find(({ field }) => field === name);
  const { autocomplete, isRequired = true, maxLength, minLength, children } = more;
  const described = fault ? `${name}-fault` : undefined;
  const attributes: Attributes = {
    id: name,
    name,
    value: entered[name] ?? '',
    autocomplete,
    required: isRequired,
    maxLength,
    minLength,
    'aria-invalid': fault ? 'true' : undefined,
    'aria-describedby': described,
  };
  return (
    <div class={fault ? 'field faulty' : 'field'}>
      <label for={name}>{label}</label>
      {children ?? INPUTS[type](attributes)}
      {fault && (
        <p class="fault" id={described}>
          {t.field(name, fault.message, fault.minutes)}
        </p>
      )}
    </div>
  );
};

type TextAreaProps = Omit<FieldProps, 'type' | 'autocomplete' | 'minLength' | 'children'>;

/** A field of several lines. */
export const TextArea = (props: TextAreaProps) => {
  const { name, entered, isRequired = true, maxLength } = props;
  const fault = props.faults.find(({ field }) => field === name);
  return (
    <Field {...props} autocomplete="off">
      <textarea
        id={name}
        name={name}
        rows={6}
        required={isRequired}
        maxLength={maxLength}
        aria-invalid={fault ? 'true' : undefined}
        aria-describedby={fault && `${name}-fault`}
      >
        {entered[name] ?? ''}
      </textarea>
    </Field>
  );
};

export const Hidden = ({ fields }: { fields: Entered }) => (
  <>
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
);

const STATUSES: Readonly<Record<string, Key>> = {
  pending: 'status_pending',
  confirmed: 'status_confirmed',
  shipped: 'status_shipped',
  delivered: 'status_delivered',
  cancelled: 'status_cancelled',
  lost: 'status_lost',
  returned: 'status_returned',
  refunded: 'status_refunded',
};

export const statusText = (status: string, t: Translate): string => {
  const key = STATUSES[status];
  return key === undefined ? status : t(key);
};

/** Where a list goes on, and where it begins. */
export const Paging = ({
  page,
  t,
}: {
  page: { readonly firstHref: string | undefined; readonly nextHref: string | undefined };
  t: Translate;
}) => (
  <nav class="paging">
    {page.firstHref !== undefined && <a href={page.firstHref}>{t('first_page')}</a>}
    {page.nextHref !== undefined && (
      <a class="button secondary" href={page.nextHref} rel="next">
        {t('more_products')}
      </a>
    )}
  </nav>
);
