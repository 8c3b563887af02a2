namespace BlueEdge.Driver.Subjects;

/// <summary>Bytes that the processes have.</summary>
internal sealed record Memory(long Silo, long Host, long Store);
