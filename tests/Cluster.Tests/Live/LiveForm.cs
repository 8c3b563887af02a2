namespace BlueEdge.Cluster.Tests.Live;

/// <summary>How much the tests of many clients do: a little always, all of it where <c>BLUEEDGE_TEST_LIVE</c> says <c>full</c>.</summary>
internal static class LiveForm
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("BLUEEDGE_TEST_LIVE") is "full";
}
