// How much memory a case takes, estimated from its shape before anything is read or allocated.
import { inspectionFloats } from '../inspection/inspectionMemory';
import { arenaBytes } from '../network/arenaBytes';
import { parameterCount } from '../network/networkConfig';
import { caseTensors, elements, networkOf, taggedPlaces, type CaseShape } from './oracleCase';

/** tfjs keeps what every operation of a timestep made until the gradient is done: so many tensors of [lanes,H]. */
const TENSORS_PER_STEP = 90;
/** The same for tensors of [lanes,V] at the output. */
const TENSORS_PER_OUTPUT = 12;
/** Copies of a parameter while its gradient is being added up. */
const TENSORS_PER_PARAMETER = 40;

/** Bytes of the tensors in a case's file, header aside. */
export function tensorBytes(shape: CaseShape): number {
  let values = 2 * shape.timesteps * shape.batch;
  for (const size of caseTensors(shape).values()) values += elements(size);
  return 8 * values;
}

/** Arena that the fused implementation needs: training, all pairs of the whole sequence, and the update under PyTorch's names. */
export function fusedArenaBytes(shape: CaseShape): number {
  const network = networkOf(shape);
  const update = 8 * (parameterCount(network) + 64 * caseTensors(shape).size);
  const floats = inspectionFloats(network, shape.timesteps) + update;
  return arenaBytes(network, shape.timesteps, shape.batch) + 4 * floats;
}

/** What tfjs holds at most while the reference is differentiated: all pairs run T sequences side by side. */
export function referenceBytes(shape: CaseShape): number {
  const { timesteps: T, batch: B, hidden: H, vocabulary: V } = shape;
  const steps = T * Math.max(T, B) * H * TENSORS_PER_STEP * taggedPlaces(shape).length;
  const output = T * Math.max(T, B) * V * TENSORS_PER_OUTPUT;
  return 4 * (steps + output + TENSORS_PER_PARAMETER * parameterCount(networkOf(shape)));
}

/** Everything at once: the file, its tensors and the larger of the implementations, which run one after the other. */
export function caseBytes(shape: CaseShape): number {
  return 2 * tensorBytes(shape) + Math.max(fusedArenaBytes(shape), referenceBytes(shape));
}
