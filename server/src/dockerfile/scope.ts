/** Which variables hold where: what ARG and ENV have defined above an instruction. */
import { inheritedBy, type Instruction, type Stage } from './model.ts';

interface Scoped {
  readonly instruction: Instruction;
  /** What the stage, or one that it is built on, defines above it; its own names are not among them. */
  readonly defined: ReadonlySet<string>;
}

/**
 * The stage's own instructions in their order. The set grows while one goes on: it holds for the instruction that it came
 * with.
 */
export function* scopesOf(stage: Stage): Iterable<Scoped> {
  const defined = new Set(stage.parent ? namesIn(inheritedBy(stage.parent)) : []);
  for (const instruction of stage.instructions) {
    yield { instruction, defined };
    for (const name of namesIn([instruction])) defined.add(name);
  }
}

/** Names that ARG and ENV define; those that ONBUILD puts off among them, for they hold in stages built on it. */
export function namesIn(instructions: readonly Instruction[]): readonly string[] {
  return instructions.flatMap(({ keyword, properties, trigger }) => {
    if (trigger) return namesIn([trigger]);
    return keyword === 'ARG' || keyword === 'ENV' ? properties.map(({ name }) => name) : [];
  });
}

/**
 * What images of the common languages and systems set for those that are built on them, so that nobody has to define it
 * here: paths that one appends to, and the versions that official images write down.
 */
const FROM_IMAGES =
  /^(PATH|HOME|HOSTNAME|USER|SHELL|TERM|TZ|LANG|LANGUAGE|LC_\w+|PWD|LD_LIBRARY_PATH|LIBRARY_PATH|CPATH|C_INCLUDE_PATH|PKG_CONFIG_PATH|MANPATH|XDG_\w+|PYTHON\w+|PIP_\w+|VIRTUAL_ENV|CONDA_\w+|CUDA\w*|NV_\w+|NVIDIA_\w+|JAVA_\w+|JDK_\w+|JRE_\w+|MAVEN_\w+|GRADLE_\w+|CATALINA_\w+|TOMCAT_\w+|JBOSS_HOME|GO\w*|NODE_\w+|YARN_VERSION|NPM_CONFIG_\w+|RUBY\w*|GEM_\w+|BUNDLE_\w+|RUSTUP_\w+|CARGO_\w+|RUST_VERSION|PHP\w*|PERL\w*|DOTNET_\w+|ASPNET\w*|NGINX_VERSION|NJS_VERSION|PG\w+|POSTGRES\w*|MYSQL_\w+|REDIS_\w+|ANDROID_\w+|FLINK_HOME|SPARK_HOME|HADOOP_HOME|AIRFLOW_\w+|APACHE_\w+|HTTPD_\w+)$/;

/** Whether images often bring this variable along. */
export const isOftenInherited = (name: string): boolean => FROM_IMAGES.test(name);

/** ARGs that BuildKit knows without a line that declares them. */
const PREDEFINED =
  /^(https?_proxy|HTTPS?_PROXY|ftp_proxy|FTP_PROXY|no_proxy|NO_PROXY|all_proxy|ALL_PROXY|SOURCE_DATE_EPOCH|BUILDKIT_\w+)$/;

export const isPredefined = (name: string): boolean => PREDEFINED.test(name);

/** Global ARGs that BuildKit sets; a stage has them as soon as it takes them in by `ARG NAME`. */
export const isPlatformArgument = (name: string): boolean => PLATFORM.has(name);

/** What BuildKit says about the platforms, for a machine as most are. */
export const PLATFORM: ReadonlyMap<string, string> = new Map([
  ['BUILDPLATFORM', 'linux/amd64'],
  ['BUILDOS', 'linux'],
  ['BUILDOSVERSION', ''],
  ['BUILDARCH', 'amd64'],
  ['BUILDVARIANT', ''],
  ['TARGETPLATFORM', 'linux/amd64'],
  ['TARGETOS', 'linux'],
  ['TARGETOSVERSION', ''],
  ['TARGETARCH', 'amd64'],
  ['TARGETVARIANT', ''],
  ['TARGETSTAGE', 'default'],
]);
