using BlueEdge.EngineHost.Engines;
using BlueEdge.Sessions;
using Microsoft.Extensions.Options;

namespace BlueEdge.EngineHost.Tests.Engines;

public sealed class TemporaryFoldersTests : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), $"blueedge-folders-{Guid.NewGuid():N}");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_killed_process_left_is_deleted(bool withLock)
    {
        // A lock that nobody holds, or none: all that distinguishes the dead, for in containers every process has the same id.
        var left = Directory.CreateDirectory(Path.Combine(_root, "0123", "session-1")).FullName;
        File.WriteAllText(Path.Combine(left, "scratch"), "x");
        if (withLock)
        {
            File.WriteAllText(Path.Combine(_root, "0123.lock"), "");
        }

        using var next = Open();

        Assert.False(Directory.Exists(left));
        Assert.Single(Directory.EnumerateFileSystemEntries(_root));
    }

    [Fact]
    public void The_lock_of_a_killed_process_that_made_no_folder_is_deleted_too()
    {
        Directory.CreateDirectory(_root);
        File.WriteAllText(Path.Combine(_root, "0123.lock"), "");

        using var next = Open();

        Assert.False(File.Exists(Path.Combine(_root, "0123.lock")));
        Assert.Single(Directory.EnumerateFileSystemEntries(_root));
    }

    [Fact]
    public void Processes_that_start_at_once_do_not_take_each_other_for_dead()
    {
        var all = new TemporaryFolders[64];

        Parallel.For(0, all.Length, index => all[index] = Open());

        Assert.Equal(all.Length, Directory.EnumerateFiles(_root, "*.lock").Count());
        foreach (var each in all)
        {
            each.Dispose();
        }
    }

    [Fact]
    public void What_another_process_uses_is_left_alone()
    {
        using var other = Open();
        var used = Fill(other);

        using var next = Open();

        Assert.True(Directory.Exists(used));
        Assert.True(Directory.Exists(Fill(next)));
    }

    [Fact]
    public void Nothing_is_left_of_a_process_that_ended()
    {
        var folders = Open();
        Fill(folders);

        folders.Dispose();

        Assert.Empty(Directory.EnumerateFileSystemEntries(_root));
    }

    [Fact]
    public void Each_attempt_has_a_folder_of_its_own()
    {
        using var folders = Open();
        var session = SessionIds.Create();

        string[] paths = [folders.PathOf(new(session, "a"), 1), folders.PathOf(new(session, "b"), 1), folders.PathOf(new(session, "../a"), 1), folders.PathOf(new(session, "a"), 2)];

        Assert.Distinct(paths);
        Assert.All(paths, path => Assert.StartsWith(_root, Path.GetFullPath(path), StringComparison.Ordinal));
    }

    [Fact]
    public void Other_users_cannot_look_into_them()
    {
        using var folders = Open();

        // On Windows the folder for temporary files is the user's own.
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(_root) is (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Fact]
    public void A_path_that_cannot_be_used_is_refused_with_the_name_of_its_setting()
    {
        Directory.CreateDirectory(_root);
        var file = Path.Combine(_root, "file");
        File.WriteAllText(file, "");

        var error = Assert.Throws<BlueEdgeException>(() => Open(file));

        Assert.Contains("BlueEdge:EngineHost:TemporaryPath", error.Message, StringComparison.Ordinal);
    }

    private static string Fill(TemporaryFolders folders)
    {
        var folder = Directory.CreateDirectory(folders.PathOf(new(SessionIds.Create(), "node"), 1)).FullName;
        File.WriteAllText(Path.Combine(folder, "scratch"), "x");
        return folder;
    }

    private TemporaryFolders Open(string? path = null)
    {
        var folders = new TemporaryFolders(Options.Create(new EngineHostOptions { TemporaryPath = path ?? _root }));
        folders.Prepare();
        return folders;
    }
}
