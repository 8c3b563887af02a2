namespace BlueEdge.Validation;

/// <summary>A link that closes a cycle.</summary>
/// <param name="Node">The node whose output it is.</param>
/// <param name="Output">The output's place.</param>
/// <param name="Path">The first nodes of the cycle in order, from the one that reads the link.</param>
/// <param name="Length">How many nodes the cycle has.</param>
internal readonly record struct LinkCycle(int Node, int Output, int[] Path, int Length);
