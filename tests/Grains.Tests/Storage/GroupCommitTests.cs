using BlueEdge.Grains.Storage;

namespace BlueEdge.Grains.Tests.Storage;

public sealed class GroupCommitTests
{
    private readonly BarrierStorage<string> _storage = new("");

    [Fact]
    public async Task Changes_that_come_during_a_write_share_the_next_one()
    {
        var commit = new GroupCommit<string>(_storage, "");
        var first = commit.ApplyAsync(state => state + "a");
        var rest = new[] { "b", "c", "d" }.Select(letter => commit.ApplyAsync(state => state + letter)).ToArray();

        _storage.Complete();
        await first;
        _storage.Complete();
        await Task.WhenAll(rest);

        Assert.Equal("abcd", commit.Current);
        Assert.Equal(["a", "abcd"], _storage.Written);
    }

    [Fact]
    public async Task Each_write_is_told_once_however_many_changes_share_it()
    {
        List<(string Before, string After)> told = [];
        var commit = new GroupCommit<string>(_storage, "", (before, after) => told.Add((before, after)));
        var first = commit.ApplyAsync(state => state + "a");
        var rest = new[] { "b", "c", "d" }.Select(letter => commit.ApplyAsync(state => state + letter)).ToArray();

        _storage.Complete();
        await first;
        _storage.Complete();
        await Task.WhenAll(rest);
        await commit.ApplyAsync(state => state);

        Assert.Equal([("", "a"), ("a", "abcd")], told);
    }

    [Fact]
    public async Task Memory_does_not_run_ahead_of_a_failed_write_and_reads_again_before_the_next()
    {
        var commit = new GroupCommit<string>(_storage, "");
        var lost = commit.ApplyAsync(state => state + "a");
        Assert.Equal("", commit.Current);

        // The write reached storage, though its caller was told that it failed.
        _storage.Stored = "a";
        _storage.Fail(new IOException("storage is away"));
        await Assert.ThrowsAsync<IOException>(() => lost);
        var next = commit.ApplyAsync(state => state + "b");
        _storage.Complete();

        Assert.Equal("ab", await next);
    }

    [Fact]
    public async Task A_change_that_changes_nothing_writes_nothing()
    {
        var commit = new GroupCommit<string>(_storage, "");

        await commit.ApplyAsync(state => state);

        Assert.Empty(_storage.Written);
    }

    [Fact]
    public async Task What_is_taken_for_new_is_read_only_once_its_first_write_has_failed()
    {
        var commit = new GroupCommit<string>(_storage, "");
        _storage.Stored = "a";
        commit.AssumeNew();
        var refused = commit.ApplyAsync(state => state + "b");
        _storage.Fail(new IOException("another version is stored"));
        await Assert.ThrowsAsync<IOException>(() => refused);
        Assert.Equal((false, 0), (commit.IsKnown, _storage.Reads));

        await commit.LoadAsync();

        Assert.Equal(("a", true, 1), (commit.Current, commit.IsKnown, _storage.Reads));
    }
}
