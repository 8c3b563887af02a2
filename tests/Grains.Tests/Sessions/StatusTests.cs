using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Tests.Sessions;

/// <summary>What statuses mean is said by name for each of them, and never by their numbers.</summary>
public sealed class StatusTests
{
    public static TheoryData<SubSessionStatus, SubSessionStatus> Pairs { get; } =
        [.. from status in Enum.GetValues<SubSessionStatus>() from next in Enum.GetValues<SubSessionStatus>() select (status, next)];

    [Fact]
    public void A_session_has_ended_once_its_status_is_never_left() =>
        Assert.All(Enum.GetValues<SessionStatus>(), status => Assert.Equal(IsEnd(status), status.IsTerminal()));

    [Theory, MemberData(nameof(Pairs))]
    public void A_node_goes_forward_alone_and_its_end_is_never_left(SubSessionStatus status, SubSessionStatus next)
    {
        Assert.Equal(StepOf(status) == 3, status.IsTerminal());
        Assert.Equal(StepOf(status) >= 2, status.HasPrepared());
        Assert.Equal(StepOf(next) > StepOf(status), status.CanBecome(next));
    }

    private static bool IsEnd(SessionStatus status) => status switch
    {
        SessionStatus.Pending or SessionStatus.Queuing or SessionStatus.Processing or SessionStatus.Stopping => false,
        SessionStatus.Finished or SessionStatus.Failed or SessionStatus.Canceled => true,
        _ => throw new InvalidOperationException($"Nothing is said of {status} here: say it, and look at every question about a status."),
    };

    private static int StepOf(SubSessionStatus status) => status switch
    {
        SubSessionStatus.Waiting => 0,
        SubSessionStatus.Preparing => 1,
        SubSessionStatus.Ready => 2,
        SubSessionStatus.Finished or SubSessionStatus.Failed or SubSessionStatus.Canceled => 3,
        _ => throw new InvalidOperationException($"Nothing is said of {status} here: say it, and look at every question about a status."),
    };
}
