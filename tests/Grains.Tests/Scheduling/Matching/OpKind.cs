namespace BlueEdge.Grains.Tests.Scheduling.Matching;

public enum OpKind
{
    Enlist,
    Retry,
    Withdraw,
    Confirm,
    Release,
    Finish,
    Join,
    ChangeSlots,
    Drain,
    Leave,

    /// <summary>Any message of before comes again: a duplicate, a late one, or one out of order.</summary>
    Repeat,
}
