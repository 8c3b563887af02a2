using CsCheck;

namespace BlueEdge.Grains.Tests.Scheduling.Matching;

internal static class Ops
{
    /// <summary>What happens in a busy domain: mostly sessions that come and end, and now and then all else.</summary>
    public static readonly Gen<Op[]> Busy = Gen.Select(
        Gen.Frequency(
            (30, Gen.Const(OpKind.Enlist)),
            (3, Gen.Const(OpKind.Retry)),
            (5, Gen.Const(OpKind.Withdraw)),
            (8, Gen.Const(OpKind.Confirm)),
            (10, Gen.Const(OpKind.Release)),
            (20, Gen.Const(OpKind.Finish)),
            (10, Gen.Const(OpKind.Join)),
            (3, Gen.Const(OpKind.ChangeSlots)),
            (2, Gen.Const(OpKind.Drain)),
            (3, Gen.Const(OpKind.Leave)),
            (8, Gen.Const(OpKind.Repeat))),
        Gen.Int[0, 10_000],
        Gen.Int[0, 10_000],
        Gen.Int[0, 10_000],
        (kind, whom, how, much) => new Op(kind, whom, how, much)).Array[1, 60];
}
