using System.Reflection;
using Xunit.v3;

namespace BlueEdge.Cluster.Tests.Processes;

/// <summary>
/// A test after which a part of the cluster does not run has failed: either it did not start what it killed, or a part died that
/// nobody killed. The part is started again, so that the tests after it have what they expect.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class LeavesTheClusterWholeAttribute : BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => MendAsync().GetAwaiter().GetResult(); // Its contract is synchronous.

    private static async Task MendAsync()
    {
        if (await TestContext.Current.GetFixture<TestCluster>() is not { } cluster || cluster.FindEnded() is not { Count: > 0 } ended)
        {
            return;
        }

        await cluster.UpAsync();
        Assert.Fail($"After this test did not run: {string.Join(", ", ended.Keys)}.\n{string.Join('\n', ended.Select(part => $"The last lines of {part.Key}:\n{part.Value}"))}");
    }
}
