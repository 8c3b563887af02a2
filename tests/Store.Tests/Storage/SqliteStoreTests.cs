using System.Runtime.Versioning;
using System.Text;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Storage;
using BlueEdge.Store.Sqlite.Sessions.Listing;
using BlueEdge.Store.Sqlite.Storage;
using Microsoft.Data.Sqlite;

namespace BlueEdge.Store.Tests.Storage;

public sealed class SqliteStoreTests : IAsyncDisposable
{
    private const string WithoutAudit = "DROP TABLE audit; ";

    private const string WithoutInputs = WithoutAudit + "DROP TABLE input_logs; DROP TABLE input_writers; DROP TABLE input_rows;";

    private const string FormerItems =
        WithoutAudit + "DROP TABLE input_rows; CREATE TABLE input_items (log INTEGER NOT NULL, number INTEGER NOT NULL, item BLOB NOT NULL, PRIMARY KEY (log, number)) WITHOUT ROWID;";

    private const string WithoutTenants =
        WithoutInputs + " DROP INDEX sessions_by_group; ALTER TABLE sessions DROP COLUMN tenant; CREATE INDEX sessions_by_group ON sessions (status_group, place); DROP TABLE session_engines; "
        + "CREATE TABLE session_engines (engine TEXT NOT NULL, status_group INTEGER NOT NULL, place TEXT NOT NULL, PRIMARY KEY (engine, status_group, place)) WITHOUT ROWID;";

    private readonly SqliteStores _file = new();

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task An_operation_that_fails_undoes_itself_alone()
    {
        // They share a transaction: another one is under way until all have come.
        using var come = new ManualResetEventSlim();
        var first = await HoldAsync(come);
        var writes = Enumerable.Range(0, 20).Select(i => _file.Store.WriteAsync(session =>
        {
            session.Execute("INSERT INTO probes (id, bytes) VALUES ($1, x'00')", i);
            return i % 2 == 0 ? i : throw new InvalidOperationException($"{i} was refused.");
        })).ToList();
        come.Set();
        await first;

        var ends = await Task.WhenAll(writes.Select(async write => await Record.ExceptionAsync(() => write)));

        Assert.Equal(10, ends.Count(end => end is null));
        Assert.All(ends.Where(end => end is not null), end => Assert.IsType<InvalidOperationException>(end));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => i * 2L), await _file.Store.ReadAsync(session => session.ReadAll("SELECT id FROM probes ORDER BY id", [], row => row.GetInt64(0))));
    }

    [Theory]
    [InlineData(1, $"{WithoutTenants} DROP TABLE grain_states; DROP TABLE untold_sessions; DROP TABLE session_events;")]
    [InlineData(2, $"{WithoutTenants} DROP TABLE grain_states; DROP TABLE untold_sessions;")]
    [InlineData(3, $"{WithoutTenants} DROP INDEX grain_states_by_expiry; ALTER TABLE grain_states DROP COLUMN expires;")]
    [InlineData(4, WithoutTenants)]
    [InlineData(5, WithoutInputs)]
    [InlineData(6, FormerItems)]
    public async Task A_file_of_a_version_before_is_taken_over_with_what_it_holds(int version, string unmake)
    {
        await PutAsync(1, 100);
        await _file.Store.WriteAsync(session =>
        {
            session.ExecuteAll($"{unmake} PRAGMA user_version = {version};");
            session.ExecuteAll($"INSERT INTO sessions (id, version, epoch, status_group, place, state) VALUES ('s', 1, 1, 0, '00', x'00'); INSERT INTO session_engines VALUES ({(version < 5 ? "" : "'', ")}'ocr', 0, '00');");
            return true;
        });

        _file.Reopen();
        _file.Reopen();

        Assert.Equal(SqliteSchema.Version, await _file.Store.ReadAsync(session => session.ReadNumber("PRAGMA user_version")));
        Assert.Equal(0, await _file.Store.ReadAsync(session => session.ReadNumber("SELECT (SELECT count(*) FROM session_events) + (SELECT count(*) FROM untold_sessions) + (SELECT count(*) FROM grain_states) + (SELECT count(*) FROM input_logs)")));
        Assert.Equal(1, await _file.Store.ReadAsync(session => session.ReadNumber("SELECT count(*) FROM probes")));

        var lists = new SqliteSessionLists(_file.Store);
        Assert.Equal(["00"], await lists.ReadAsync(tenant: null, [SessionGroup.Waiting], engine: null, before: null, 10));
        Assert.Equal(["00"], await lists.ReadAsync(tenant: null, [SessionGroup.Waiting], "ocr", before: null, 10));
        Assert.Empty(await lists.ReadTenantsAsync(null, 10));
    }

    [Fact]
    public async Task What_clients_wrote_to_a_file_of_a_version_before_is_read_on()
    {
        var long300 = new string('x', 300);
        await _file.Store.WriteAsync(session =>
        {
            session.ExecuteAll(
                $"""
                {FormerItems} INSERT INTO input_logs VALUES (1, 's', 'a', 1, 3, 0), (2, 's', 'b', 0, 1, 1);
                INSERT INTO input_items VALUES (2, 0, CAST('"b"' AS BLOB)), (1, 2, CAST('"{long300}"' AS BLOB)), (1, 1, CAST('1' AS BLOB)); PRAGMA user_version = 6;
                """);
            return true;
        });

        _file.Reopen();

        var inputs = StoresOf.Sqlite(_file.Store).Inputs;
        var first = await inputs.ReadAsync("s", "a", 0, 10, int.MaxValue);
        Assert.Equal((1, 3, false), (first.Offset, first.End, first.HasEnded));
        Assert.Equal(["1", $"\"{long300}\""], first.Items.Select(item => Encoding.UTF8.GetString(item.Bytes.Span)));
        Assert.Equal("\"b\"", Encoding.UTF8.GetString((await inputs.ReadAsync("s", "b", 0, 10, int.MaxValue)).Items[0].Bytes.Span));
    }

    [Fact]
    public async Task A_full_disk_refuses_what_does_not_fit_and_all_goes_on_once_there_is_room()
    {
        // Stands in for a disk: the file may not grow.
        var pages = await _file.Store.WriteAsync(session => session.ReadNumber("PRAGMA page_count"));
        await _file.Store.WriteAsync(session => session.ReadNumber($"PRAGMA max_page_count = {pages + 10}"));
        await PutAsync(1, 100);

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => PutAsync(2, 1_000_000));
        Assert.Contains("no room left", refused.Message, StringComparison.Ordinal);
        Assert.Contains("no room left", _file.Store.Failure?.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnavailableException>(_file.Store.ProbeAsync);

        await _file.Store.WriteAsync(session => session.ReadNumber("PRAGMA max_page_count = 1000000"));
        await _file.Store.ProbeAsync();
        await PutAsync(2, 1_000_000);
        Assert.Null(_file.Store.Failure);
        Assert.Equal([(1L, 100L), (2L, 1_000_000L)], await _file.Store.ReadAsync(session => session.ReadAll("SELECT id, length(bytes) FROM probes ORDER BY id", [], row => (row.GetInt64(0), row.GetInt64(1)))));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_any_more_says_so_and_can_be_read()
    {
        await PutAsync(1, 100);
        await _file.Store.WriteAsync(session => session.ReadValue("PRAGMA query_only = 1"));

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => PutAsync(2, 100));

        Assert.Contains("cannot be written", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await _file.Store.ReadAsync(session => session.ReadNumber("SELECT count(*) FROM probes")));
    }

    [Fact]
    public async Task One_write_that_is_too_large_does_not_keep_others_out()
    {
        var pages = await _file.Store.WriteAsync(session => session.ReadNumber("PRAGMA page_count"));
        await _file.Store.WriteAsync(session => session.ReadNumber($"PRAGMA max_page_count = {pages + 10}"));
        using var come = new ManualResetEventSlim();
        var first = await HoldAsync(come);
        var (small, large, other) = (PutAsync(1, 10), PutAsync(2, 1_000_000), PutAsync(3, 10));
        come.Set();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => large);
        await Task.WhenAll(first, (Task)small, other);
    }

    [Fact]
    public async Task Its_log_stays_bounded_while_somebody_always_reads()
    {
        using var stop = new CancellationTokenSource();
        var reading = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await _file.Store.ReadAsync(session => session.ReadNumber("SELECT count(*) FROM probes WHERE length(bytes) > 0"));
            }
        })));

        // 150 MB of log, were it not cut.
        for (var round = 0; round < 150; round++)
        {
            await PutAsync(round % 5, 1_000_000);
        }

        await stop.CancelAsync();
        await reading;
        Assert.InRange(new FileInfo(_file.Path + "-wal").Length, 0, 64 * 1024 * 1024);
    }

    [Fact]
    public async Task Room_that_was_freed_is_used_again_and_given_back()
    {
        for (var i = 0; i < 40; i++)
        {
            await PutAsync(i, 1_000_000);
        }

        await _file.Store.WriteAsync(session => session.Execute("DELETE FROM probes"));
        for (var i = 0; i < 20; i++)
        {
            await PutAsync(i, 1_000_000);
        }

        Assert.InRange(await SizeAsync(), 40_000_000, 42_000_000);
        await _file.Store.WriteAsync(session => session.Execute("DELETE FROM probes"));
        while (await _file.Store.ShrinkAsync())
        {
        }

        Assert.InRange(await SizeAsync(), 0, 20_000_000);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_its_owner_can_read_its_files()
    {
        await PutAsync(1, 10);

        foreach (var end in new[] { "", "-wal", "-shm" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_file.Path + end));
        }
    }

    [Theory]
    [InlineData(0, 4096)]
    [InlineData(4096, 8192)]
    public async Task A_damaged_file_is_named_at_the_start(int from, int count)
    {
        await PutAsync(1, 100_000);
        _file.Store.Dispose();
        using (var file = new FileStream(_file.Path, FileMode.Open, FileAccess.Write))
        {
            file.Position = from;
            file.Write(Enumerable.Repeat((byte)0x5A, count).ToArray());
        }

        var error = Assert.Throws<BlueEdgeException>(() => SqliteStore.Open(_file.Path, StoreDurability.Process));

        Assert.Contains(_file.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_file_of_another_program_or_version_is_refused()
    {
        _file.Store.Dispose();
        Set("PRAGMA user_version = 99");
        Assert.Contains("version 99", Assert.Throws<BlueEdgeException>(() => SqliteStore.Open(_file.Path, StoreDurability.Process)).Message, StringComparison.Ordinal);
        Set("PRAGMA application_id = 7");
        Assert.Contains("another program", Assert.Throws<BlueEdgeException>(() => SqliteStore.Open(_file.Path, StoreDurability.Process)).Message, StringComparison.Ordinal);

        void Set(string statement)
        {
            using var session = SqliteSession.Open(_file.Path, SqliteOpenMode.ReadWrite);
            session.ReadValue(statement);
        }
    }

    /// <summary>Begins a transaction that ends with the event.</summary>
    private async Task<Task> HoldAsync(ManualResetEventSlim end)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var holding = Task.Run(() => _file.Store.WriteAsync(_ =>
        {
            begun.SetResult();
            end.Wait(TestContext.Current.CancellationToken);
            return true;
        }));
        await begun.Task;
        return holding;
    }

    private Task<int> PutAsync(int id, int length) =>
        _file.Store.WriteAsync(session => session.Execute("INSERT OR REPLACE INTO probes (id, bytes) VALUES ($1, zeroblob($2))", id, length));

    private Task<long> SizeAsync() => _file.Store.ReadAsync(session => session.ReadNumber("PRAGMA page_count") * 4096);
}
