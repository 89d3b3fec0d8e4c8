import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureProgram } from './debian.ts';
import { ensureFolder } from './folder.ts';
import { inLane } from './lanes.ts';
import { run } from './run.ts';

const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';
const JDK = 'default-jdk-headless';

/** `group:artifact:version`, or `group:artifact:version:type`. */
export type Coordinates = string;

export const ensureJava = (): Promise<string> => ensureProgram('java', JDK);
export const ensureJavac = (): Promise<string> => ensureProgram('javac', JDK);
export const ensureJar = (): Promise<string> => ensureProgram('jar', JDK);

/** In `folder`, since it may leave things where it stands. */
const maven = (folder: string, ...args: readonly string[]): Promise<void> =>
  inLane('maven', async () => {
    await ensureJavac();
    await run(await ensureProgram('mvn', 'maven'), ['-q', '-B', ...args], { cwd: folder });
  });

const dependency = (coordinates: Coordinates): string => {
  const [group, artifact, version] = coordinates.split(':');
  return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
};

/** Puts the jars of `artifacts` and of all that they need into `folder`, once. */
export const ensureJars = (
  folder: string,
  artifacts: readonly Coordinates[],
  finish: (folder: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> =>
  ensureFolder(folder, async (aside) => {
    const pom = join(aside, 'pom.xml');
    await writeFile(
      pom,
      `<project><modelVersion>4.0.0</modelVersion><groupId>local</groupId><artifactId>engine</artifactId><version>1</version>
<packaging>pom</packaging><dependencies>${artifacts.map(dependency).join('\n')}</dependencies></project>`,
    );
    await maven(
      aside,
      '-f',
      pom,
      `${PLUGIN}:copy-dependencies`,
      '-DincludeScope=runtime',
      `-DoutputDirectory=${aside}`,
    );
    await finish(aside);
  });

/** Unpacks an archive into `folder`, once. */
export const ensureArchive = (
  folder: string,
  archive: Coordinates,
  finish: (folder: string) => Promise<void>,
): Promise<void> =>
  ensureFolder(folder, async (aside) => {
    await maven(aside, `${PLUGIN}:unpack`, `-Dartifact=${archive}`, `-DoutputDirectory=${aside}`);
    await finish(aside);
  });
