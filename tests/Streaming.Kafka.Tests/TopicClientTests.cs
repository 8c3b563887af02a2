using System.Reflection;
using Confluent.Kafka;
using Streaming.Kafka.Topics;

namespace Streaming.Kafka;

/// <summary>The client's administration is disposed once it is at rest: while it works, or has given up by itself, that ends the process.</summary>
public sealed class TopicClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1) - TimeSpan.FromSeconds(1);

    private readonly IAdminClient _admin = DispatchProxy.Create<IAdminClient, DisposalProxy>();
    private readonly TaskCompletionSource<int> _answer = new();

    private bool IsDisposed => ((DisposalProxy)_admin).Disposed.Task.IsCompleted;

    [Fact]
    public async Task One_whose_call_never_ends_is_never_disposed()
    {
        var client = new TopicClient(_admin, TimeProvider.System);
        await Assert.ThrowsAsync<TimeoutException>(() => client.CallAsync(_ => _answer.Task, Patience));

        client.Dispose();

        Assert.False(IsDisposed);
    }

    [Fact]
    public async Task One_whose_call_ends_late_is_disposed_then()
    {
        var client = new TopicClient(_admin, TimeProvider.System);
        await Assert.ThrowsAsync<TimeoutException>(() => client.CallAsync(_ => _answer.Task, Patience));
        client.Dispose();

        _answer.SetException(new KafkaException(Confluent.Kafka.ErrorCode.Local_TimedOut));

        Assert.True(IsDisposed);
    }

    [Fact]
    public async Task One_that_has_answered_is_disposed_at_once()
    {
        var client = new TopicClient(_admin, TimeProvider.System);
        _answer.SetResult(3);
        Assert.Equal(3, await client.CallAsync(_ => _answer.Task, TimeSpan.FromMinutes(1)));

        client.Dispose();

        Assert.True(IsDisposed);
    }
}
