using System.Collections.Immutable;
using BlueEdge.Grains.Scheduling.Matching;

namespace BlueEdge.Grains.Scheduling;

/// <summary>What an attempt holds, as it is stored.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.stored-attempt")]
internal sealed record StoredAttempt
{
    [Id(0)]
    public required string SessionId { get; init; }

    [Id(1)]
    public required int Epoch { get; init; }

    [Id(2)]
    public required bool Confirmed { get; init; }

    [Id(3)]
    public required ImmutableArray<StoredLeases> Leases { get; init; }

    public static StoredAttempt Of(Attempt attempt) => new()
    {
        SessionId = SessionKey.Unpack(attempt.Id),
        Epoch = attempt.Epoch,
        Confirmed = attempt.Confirmed,
        Leases = [.. attempt.Groups.Select(group => new StoredLeases
        {
            Lease = new() { Engine = group.Engine.Id, Instance = group.InstanceId },
            Granted = group.Granted,
            Released = group.Released,
        })],
    };
}
