using System.Runtime.InteropServices;

namespace BlueEdge.Grains.Tests.Scheduling.Matching;

/// <summary>A random step: what happens, and numbers from which the world picks to whom and how.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Op(OpKind Kind, int Whom, int How, int Much);
