using System.Runtime.InteropServices;

namespace BlueEdge.Grains.Channels.Inputs;

/// <summary>What became of a run that was to be appended.</summary>
/// <param name="Outcome">Whether the log has all of it.</param>
/// <param name="NextSequence">The number that the log wants of this writer next, or would, were the session not over; 0 for one without a name.</param>
/// <param name="Appended">How many items the log got by this call.</param>
/// <param name="End">How many items the log had with them; <see langword="null"/> where the store does not say.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct InputAppend(InputAppendOutcome Outcome, long NextSequence, int Appended, long? End = null);
