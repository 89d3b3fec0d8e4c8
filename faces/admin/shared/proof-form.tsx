import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { IconFingerprint, IconLock } from '@tabler/icons-react';
import { useEffect, useState, type SubmitEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isRefusal, type Schemas } from '../api.ts';
import { problemText } from './problem-text.ts';
import { canUsePasskeys, factorByPasskey, isGivenUp, loginByPasskey } from './passkeys.ts';
import { textIn } from './form/text-in.ts';

interface ProofFormProps {
  /** An address that cannot be changed; asked for if undefined. */
  readonly email?: string | undefined;
  readonly submitLabel: string;
  /** Sends the proof; throws what the shop refuses. */
  readonly prove: (proof: Schemas['Credentials'] | Schemas['FactorProof']) => Promise<unknown>;
  /** The same for a passkey instead of a password; it is not offered if undefined. */
  readonly proveAlone?: ((proof: Schemas['PasskeyLogin']) => Promise<unknown>) | undefined;
}

/** The password is right, but not enough. */
interface Challenge {
  readonly token: string;
  readonly hasPasskey: boolean;
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

/** Asks for the password, then for the second factor where the account has one. */
export const ProofForm = ({ email, submitLabel, prove, proveAlone }: ProofFormProps): ReactNode => {
  const { t } = useTranslation();
  const [challenge, setChallenge] = useState<Challenge>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const [locked, lock] = useLockout();

  const refused = (problem: unknown): void => {
    if (isRefusal(problem, 'SECOND_FACTOR_REQUIRED') && 'challenge' in problem.problem) {
      const { challenge: token, ways = '' } = problem.problem as { challenge?: unknown; ways?: unknown };
      setChallenge({
        token: String(token),
        hasPasskey: String(ways).split(' ').includes('passkey') && canUsePasskeys(),
      });
      setError(undefined);
      return;
    }
    if (isRefusal(problem) && problem.status === 429) lock(problem.retryAfterMs ?? UNTOLD_LOCK_MS);
    if (isRefusal(problem, 'INVALID_CHALLENGE')) setChallenge(undefined);
    setError(problem);
  };

  const attempt = async (send: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    try {
      await send();
    } catch (problem) {
      if (!isGivenUp(problem)) refused(problem);
    } finally {
      setBusy(false);
    }
  };
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    void attempt(() =>
      challenge === undefined
        ? prove({ email: email ?? textIn(form, 'email').trim(), password: textIn(form, 'password') })
        : prove({ challenge: challenge.token, code: textIn(form, 'code').replaceAll(' ', '') }),
    );
  };

  return (
    <form onSubmit={onSubmit}>
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
            {challenge.hasPasskey && (
              <Button
                leftSection={<IconFingerprint size={18} />}
                loading={isBusy}
                disabled={locked > 0}
                autoFocus
                onClick={() => void attempt(async () => prove(await factorByPasskey(challenge.token)))}
              >
                {t('signIn.usePasskey')}
              </Button>
            )}
            <Text size="sm">{challenge.hasPasskey ? t('signIn.codeInstead') : t('signIn.codeHint')}</Text>
            <TextInput
              key="code"
              label={t('signIn.code')}
              name="code"
              autoComplete="one-time-code"
              inputMode="numeric"
              required
              autoFocus={!challenge.hasPasskey}
              classNames={{ input: 'mono' }}
            />
          </>
        )}
        <Button
          type="submit"
          variant={challenge?.hasPasskey === true ? 'default' : 'filled'}
          loading={isBusy}
          disabled={locked > 0}
          fullWidth
        >
          {challenge === undefined ? submitLabel : t('signIn.confirmCode')}
        </Button>
        {challenge === undefined && proveAlone !== undefined && canUsePasskeys() && (
          <Button
            variant="default"
            leftSection={<IconFingerprint size={18} />}
            disabled={isBusy || locked > 0}
            onClick={() => void attempt(async () => proveAlone(await loginByPasskey()))}
          >
            {t('signIn.passkeyAlone')}
          </Button>
        )}
        {challenge !== undefined && (
          <Anchor component="button" type="button" size="sm" onClick={() => setChallenge(undefined)}>
            {t('signIn.otherPassword')}
          </Anchor>
        )}
      </Stack>
    </form>
  );
};
