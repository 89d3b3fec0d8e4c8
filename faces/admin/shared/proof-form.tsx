import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useEffect, useState, type SubmitEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isRefusal } from '../api.ts';
import type { Proof } from '../session.ts';
import { problemText } from './problem-text.ts';
import { textIn } from './form/text-in.ts';

interface ProofFormProps {
  /** An address that cannot be changed; asked for if undefined. */
  readonly email?: string | undefined;
  readonly submitLabel: string;
  /** Sends the proof; throws what the shop refuses. */
  readonly prove: (proof: Proof) => Promise<unknown>;
}

/** Seconds until another attempt makes sense; counts down. */
const useLockout = (): readonly [number, (ms: number) => void] => {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(() => Date.now());
  const isLocked = until > now;
  useEffect(() => {
    if (!isLocked) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isLocked]);
  const lock = (ms: number): void => {
    setNow(Date.now());
    setUntil(Date.now() + ms);
  };
  return [Math.max(0, Math.ceil((until - now) / 1_000)), lock];
};

const UNTOLD_LOCK_MS = 60_000;

/** Asks for the password, then for the code where the account has a second factor. */
export const ProofForm = ({ email, submitLabel, prove }: ProofFormProps): ReactNode => {
  const { t } = useTranslation();
  const [challenge, setChallenge] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const [locked, lock] = useLockout();

  const refused = (problem: unknown): void => {
    if (isRefusal(problem, 'SECOND_FACTOR_REQUIRED') && 'challenge' in problem.problem) {
      setChallenge(String(problem.problem.challenge));
      setError(undefined);
      return;
    }
    if (isRefusal(problem) && problem.status === 429) lock(problem.retryAfterMs ?? UNTOLD_LOCK_MS);
    if (isRefusal(problem, 'INVALID_CHALLENGE')) setChallenge(undefined);
    setError(problem);
  };

  const onSubmit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    try {
      if (challenge !== undefined) await prove({ challenge, code: textIn(form, 'code').replaceAll(' ', '') });
      else
        await prove({
          email: email ?? textIn(form, 'email').trim(),
          password: textIn(form, 'password'),
        });
    } catch (problem) {
      refused(problem);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack gap="md">
        {locked > 0 ? (
          <Alert color="red" icon={<IconLock size={18} />} role="alert" title={t('signIn.locked')}>
            {t('signIn.lockedFor', {
              minutes: Math.floor(locked / 60),
              seconds: String(locked % 60).padStart(2, '0'),
            })}
          </Alert>
        ) : (
          error !== undefined && (
            <Alert color="red" role="alert">
              {problemText(error, t)}
            </Alert>
          )
        )}
        {challenge === undefined ? (
          <>
            {email === undefined && (
              <TextInput
                label={t('signIn.email')}
                name="email"
                type="email"
                autoComplete="username"
                required
                autoFocus
              />
            )}
            {email !== undefined && (
              <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
            )}
            <PasswordInput
              label={t('signIn.password')}
              name="password"
              autoComplete="current-password"
              required
              autoFocus={email !== undefined}
              data-autofocus={email === undefined ? undefined : true}
              visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
            />
          </>
        ) : (
          <>
            <Text size="sm">{t('signIn.codeHint')}</Text>
            <TextInput
              key="code"
              label={t('signIn.code')}
              name="code"
              autoComplete="one-time-code"
              inputMode="numeric"
              required
              autoFocus
              classNames={{ input: 'mono' }}
            />
          </>
        )}
        <Button type="submit" loading={isBusy} disabled={locked > 0} fullWidth>
          {challenge === undefined ? submitLabel : t('signIn.confirmCode')}
        </Button>
        {challenge !== undefined && (
          <Anchor component="button" type="button" size="sm" onClick={() => setChallenge(undefined)}>
            {t('signIn.otherPassword')}
          </Anchor>
        )}
      </Stack>
    </form>
  );
};
