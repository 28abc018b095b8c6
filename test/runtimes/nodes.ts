// The Nodes that the engine has to run on: 20, 22 and 24, the last one also with V8's flag for 256-bit vectors.
import { spawnSync } from 'node:child_process';
import { npmNode } from '../vscode/npmNode';
import { SERVER_NODE } from '../vscode/serverNode';

const VERSIONS: Record<number, string> = { 20: '20.20.2', 22: '22.23.3', 24: SERVER_NODE };
const OWN_VERSION = Number(process.versions.node.split('.')[0]);
/** The newer name first, as the launcher tries them. */
const VECTOR_FLAGS = ['--wasm-revectorize', '--experimental-wasm-revectorize'];

export interface Runtime {
  name: string;
  /** Its command, the executable first. Throws where it cannot be had. */
  command(): string[];
}

/** The Node of that major version: this one, else one from npm. Throws where it cannot be had. */
export function nodeOf(major: number): string {
  if (OWN_VERSION === major) return process.execPath;
  return npmNode(VERSIONS[major], `the engine is tested on Node ${major} too`);
}

/** Node 24 with the flag under the name it knows. */
function wideNode(): string[] {
  const executable = nodeOf(24);
  const flag = VECTOR_FLAGS.find((name) => spawnSync(executable, [name, '-e', '0']).status === 0);
  if (flag === undefined) throw new Error(`${executable} knows none of ${VECTOR_FLAGS.join(', ')}`);
  return [executable, flag];
}

/** All of them but the plain Node that this is. */
export const OTHER_RUNTIMES: Runtime[] = [
  ...[20, 22, 24]
    .filter((major) => major !== OWN_VERSION)
    .map((major) => ({ name: `Node ${major}`, command: () => [nodeOf(major)] })),
  { name: 'Node 24 with 256-bit vectors', command: wideNode },
];
