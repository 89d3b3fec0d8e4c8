import { Center, Image } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';

interface PictureProps {
  readonly url: string | undefined;
  readonly alt?: string;
  /** Pixels. */
  readonly size: number;
}

export const Picture = ({ url, alt = '', size }: PictureProps): ReactNode => {
  const [isBroken, setBroken] = useState(false);
  return url === undefined || isBroken ? (
    <Center
      w={size}
      h={size}
      bg="var(--shop-line)"
      flex="none"
      style={{ borderRadius: 'var(--mantine-radius-sm)' }}
      c="dimmed"
    >
      <IconPhoto size={size / 2} aria-hidden />
    </Center>
  ) : (
    <Image
      src={url}
      alt={alt}
      w={size}
      h={size}
      fit="cover"
      radius="sm"
      flex="none"
      loading="lazy"
      onError={() => setBroken(true)}
    />
  );
};
