// The document: a network as nodes and edges. Plain JSON, knows no canvas library. `id`s are stable, names are the user's.

import { z } from 'zod';

/** How an output is trained; what is left out is chosen automatically. */
const outputSchema = z.object({
  /** What it is compared with: a column of the dataset (`labels/class`, `features/image`), or `input`: what came in (autoencoders). */
  target: z.string().min(1).max(300).optional(),
  /** A loss's id with its parameters, instead of the training settings'. */
  loss: z.string().max(64).optional(),
  lossParameters: z.record(z.string(), z.unknown()).optional(),
  /** The factor of its loss in the sum; default 1. */
  lossWeight: z.number().min(0).optional(),
  /** Metrics' ids, instead of the training settings'. */
  metrics: z.array(z.string().max(64)).max(50).optional(),
});

export const nodeSchema = z.object({
  id: z.string().min(1).max(64),
  /** A layer's id (`conv2d`). One that is not in the list is kept and shown as a problem. */
  kind: z.string().min(1).max(64),
  /** Unique in the network; weights and exports are named by it. */
  name: z.string().min(1).max(64),
  /** By field of the layer; missing ones take the default. */
  parameters: z.record(z.string(), z.unknown()),
  position: z.object({ x: z.number(), y: z.number() }),
  /** A node where the network ends is an output by itself; this makes one of a node that others follow, and says how it is trained. */
  output: outputSchema.optional(),
  /** False: training leaves its weights as they are (frozen). */
  trainable: z.boolean().optional(),
  /** True: what comes in goes on unchanged, as if the layer were not there. */
  bypassed: z.boolean().optional(),
  /** The id of the node whose weights and parameters it uses: one layer called at several places. The other has no `shares` itself. */
  shares: z.string().max(64).optional(),
});
export const edgeSchema = z.object({
  id: z.string().min(1).max(64),
  source: z.string(),
  target: z.string(),
  /** The place among the target's inputs, from 0; always 0 but at merging layers. */
  input: z.int().min(0).max(1000),
  /** Which of the source's outputs; only blocks have more than one. */
  output: z.int().min(0).max(1000).optional(),
});
/** Words beside the network, or a frame around layers; neither is part of what is trained. */
const noteSchema = z.object({
  id: z.string().min(1).max(64),
  kind: z.enum(['comment', 'frame']),
  text: z.string().max(4000),
  position: z.object({ x: z.number(), y: z.number() }),
  size: z.object({ width: z.number().positive(), height: z.number().positive() }),
});
const directionSchema = z.enum(['down', 'right']);
/** A part that is used as one layer: its Inputs are where data comes in, its ends what it gives. May hold other blocks, but not itself. */
export const blockSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(64),
  nodes: z.array(nodeSchema).max(10_000),
  edges: z.array(edgeSchema).max(50_000),
  /** As a network's own. */
  direction: directionSchema.optional(),
  notes: z.array(noteSchema).max(1000).optional(),
});
export const networkSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(100),
  nodes: z.array(nodeSchema).max(10_000),
  edges: z.array(edgeSchema).max(50_000),
  /** A safetensors file beside the project with weights to start from, as an import leaves it; its name alone. */
  weights: z.string().min(1).max(255).optional(),
  /** Definitions of the blocks that nodes of the kind `block` refer to. They stand in the network, so that it is whole by itself. */
  blocks: z.array(blockSchema).max(500).optional(),
  /** Which way it is drawn; left out: from top to bottom. */
  direction: directionSchema.optional(),
  notes: z.array(noteSchema).max(1000).optional(),
  /** Advice that is not to be given again: its code and the node it is about. */
  silenced: z.array(z.string().max(200)).max(10_000).optional(),
});
export type BlockDefinition = z.infer<typeof blockSchema>;
export type NetworkNote = z.infer<typeof noteSchema>;
export type OutputSettings = z.infer<typeof outputSchema>;
export type NetworkNode = z.infer<typeof nodeSchema>;
/** What a node may have beside its layer's parameters; `undefined`: it does not. */
export type NodeProperties = { readonly [K in 'output' | 'trainable' | 'bypassed' | 'shares']?: NetworkNode[K] | undefined };
export type NetworkEdge = z.infer<typeof edgeSchema>;
export type Network = z.infer<typeof networkSchema>;
/** How a network is drawn and what is written beside it; `undefined`: nothing. */
export type NetworkProperties = { readonly [K in 'direction' | 'notes' | 'blocks' | 'silenced']?: Network[K] | undefined };
