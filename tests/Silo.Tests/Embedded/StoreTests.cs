using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Silo.Tests.Embedded;

public sealed class StoreTests
{
    private const string Hello = """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":{"name":"NAME"}}},"outputs":{"Result":{"type":"JSON"}},"waitTimeSecond":20}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_disk_is_full_it_says_so_and_goes_on_by_itself_once_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var silo = await SiloProcess.StartAsync(Directory.CreateDirectory(Path.Combine(disk.Path, "data")).FullName);
        var (status, answer) = await SubmitAsync(silo, "Ada");
        Assert.True(status is HttpStatusCode.OK, answer);
        var accepted = SessionOf(answer);

        var filler = Path.Combine(disk.Path, "filler");
        SmallDisk.Fill(filler);
        await UntilAsync(async () => (await SubmitAsync(silo, new('x', 100_000))).Status == HttpStatusCode.ServiceUnavailable, "Nothing was refused.");
        var refused = await SubmitAsync(silo, new('x', 100_000));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Contains("no room left", refused.Answer);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await silo.GetStatusAsync("health/ready"));
        Assert.Equal(HttpStatusCode.OK, await silo.GetStatusAsync("health/live"));
        Assert.Equal(HttpStatusCode.OK, await silo.GetStatusAsync($"api/v1/process-single-engine/{accepted}"));

        File.Delete(filler);
        await UntilAsync(async () => await silo.GetStatusAsync("health/ready") == HttpStatusCode.OK, "It did not go on.");
        Assert.Equal(HttpStatusCode.OK, (await SubmitAsync(silo, "Grace")).Status);

        await silo.KillAsync();
        await silo.RestartAsync();
        Assert.Equal(HttpStatusCode.OK, await silo.GetStatusAsync($"api/v1/process-single-engine/{accepted}"));
    }

    [Fact]
    public async Task Blobs_leave_the_reserve_free_and_the_rest_goes_on()
    {
        const int Megabyte = 1024 * 1024;
        await using var disk = await SmallDisk.MountAsync();
        await using var silo = await SiloProcess.StartAsync(
            Directory.CreateDirectory(Path.Combine(disk.Path, "data")).FullName,
            new Dictionary<string, string> { ["BlueEdge__Blobs__ReserveBytes"] = $"{6 * Megabyte}" });

        var told = await UploadAsync(silo, 12 * Megabyte, tellsLength: true);
        var untold = await UploadAsync(silo, 12 * Megabyte, tellsLength: false);
        var taken = await UploadAsync(silo, 3 * Megabyte, tellsLength: false);

        Assert.All([told, untold], answer =>
        {
            Assert.Equal(HttpStatusCode.InsufficientStorage, answer.Status);
            Assert.Contains("BlueEdge:Blobs:ReserveBytes", answer.Answer, StringComparison.Ordinal);
        });
        Assert.Equal(HttpStatusCode.Created, taken.Status);
        Assert.Single(Directory.GetFiles(Path.Combine(disk.Path, "data", "blobs"), "*", SearchOption.AllDirectories));

        // What others take of the reserve is theirs: the store's own writes, and here a file.
        await File.WriteAllBytesAsync(Path.Combine(disk.Path, "other"), new byte[9 * Megabyte - new FileInfo(Path.Combine(disk.Path, "data", "store.db")).Length], Ct);
        var refused = await SubmitAsync(silo, new('x', 2 * Megabyte));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Contains("BlueEdge:Blobs:ReserveBytes", refused.Answer, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await SubmitAsync(silo, "Ada")).Status);
        using var ready = await silo.Http.GetAsync(new Uri("health/ready", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Contains("blobs: The volume of the blobs has", await ready.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        File.Delete(Path.Combine(disk.Path, "other"));
        Assert.Equal(HttpStatusCode.OK, (await SubmitAsync(silo, new('x', 2 * Megabyte))).Status);
    }

    [Fact]
    public async Task Data_of_the_version_with_Garnet_are_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "store", "AOF"));

        await RefusesAsync(folder.Path, "whose store was Garnet");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_folder_of_ours_where_others_may_write_is_made_ours_alone_and_told_of()
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_111_111);
        Directory.CreateDirectory(Path.Combine(folder.Path, "lost+found"));
        await GiveAwayAsync(Path.Combine(folder.Path, "lost+found"));

        await using var silo = await SiloProcess.StartAsync(folder.Path);

        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(folder.Path));
        var line = Assert.Single(silo.Output.Split('\n'), line => line.Contains("Others could write", StringComparison.Ordinal));
        Assert.Contains($"in the folder {folder.Path} (mode 777)", line, StringComparison.Ordinal);
        await silo.KillAsync();
        await silo.RestartAsync();
        Assert.DoesNotContain("Others could write", silo.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("store.db")]
    [InlineData("blobs/00000000000000000000000000000000")]
    [UnsupportedOSPlatform("windows")]
    public async Task A_file_that_another_user_put_there_is_refused_in_one_line(string name)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can give a file away.");
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, name);
        var within = Directory.CreateDirectory(Path.GetDirectoryName(file)!).FullName; // It has one.
        await File.WriteAllTextAsync(file, "", Ct);
        await GiveAwayAsync(file);
        File.SetUnixFileMode(within, (UnixFileMode)0b111_111_111);

        await RefusesAsync(folder.Path, $"{file} belongs to another user");
    }

    [Fact]
    public async Task A_folder_of_another_user_is_refused_in_one_line()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can give a folder away.");
        using var folder = new TemporaryFolder();
        await GiveAwayAsync(folder.Path);

        await RefusesAsync(folder.Path, "belongs to another user");
    }

    [Fact]
    public async Task A_damaged_store_is_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "store.db"), new string('x', 10_000), Ct);

        await RefusesAsync(folder.Path, "damaged");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Nobody_else_reads_what_it_keeps()
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);
        await using var silo = await SiloProcess.StartAsync(folder.Path);
        await SubmitAsync(silo, "Ada");

        const UnixFileMode Others = (UnixFileMode)0b000_111_111;
        Assert.Equal(default, File.GetUnixFileMode(folder.Path) & Others);
        Assert.Equal(default, File.GetUnixFileMode(Path.Combine(folder.Path, "blobs")) & Others);
        Assert.All(Directory.GetFiles(folder.Path, "store.db*"), file => Assert.Equal(default, File.GetUnixFileMode(file) & Others));
    }

    private static async Task GiveAwayAsync(string path)
    {
        using var chown = Process.Start("chown", ["nobody", path]);
        await chown.WaitForExitAsync(Ct);
    }

    private static async Task RefusesAsync(string folder, string because)
    {
        await using var silo = SiloProcess.Launch(folder);
        Assert.Equal(1, await silo.WaitForExitAsync());
        var line = Assert.Single(silo.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(because, line);
        Assert.Contains("BlueEdge:DataPath", line);
    }

    private static async Task<(HttpStatusCode Status, string Answer)> SubmitAsync(SiloProcess silo, string name)
    {
        using var content = new StringContent(Hello.Replace("NAME", name, StringComparison.Ordinal), Encoding.UTF8, "application/json");
        using var response = await silo.Http.PostAsync(new Uri("api/v1/process-single-engine", UriKind.Relative), content, Ct);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    private static async Task<(HttpStatusCode Status, string Answer)> UploadAsync(SiloProcess silo, int bytes, bool tellsLength)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/v1/blobs", UriKind.Relative)) { Content = new ByteArrayContent(new byte[bytes]) };
        request.Headers.TransferEncodingChunked = !tellsLength;
        request.Headers.ExpectContinue = true;
        using var response = await silo.Http.SendAsync(request, Ct);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    private static string SessionOf(string answer)
    {
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.GetProperty("data").GetProperty("sessionId").GetString()!; // An answer has one.
    }

    /// <summary>Another process has no event to wait for.</summary>
    private static async Task UntilAsync(Func<Task<bool>> holds, string otherwise)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            Assert.False(patience.IsCancellationRequested, $"{otherwise} That took more than {Patience.TotalSeconds} s.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Ct);
        }
    }
}
