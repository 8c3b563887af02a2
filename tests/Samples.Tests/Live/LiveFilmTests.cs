using System.Net.Http.Json;
using System.Text.Json;
using BlueEdge.Samples.Tests.Documents;
using BlueEdge.Samples.Tests.Programs;
using Microsoft.Playwright;
using SkiaSharp;

namespace BlueEdge.Samples.Tests.Live;

public sealed class LiveFilmTests
{
    private const int Frames = 75;
    private const float Patience = 120_000;

    [Fact]
    public async Task A_browsers_film_comes_back_as_its_edges_while_it_is_drawn()
    {
        SkipUnlessThereIsAll();
        using var folder = new ScratchFolder();
        await using var demo = await ProgramProcess.StartLiveDemoAsync(folder.Path, TestContext.Current.CancellationToken);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Program, Args = ["--disable-dev-shm-usage"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1_380, Height = 900 } });
        List<string> faults = [];
        page.PageError += (_, error) => faults.Add(error);

        await page.GotoAsync(demo.Address.ToString());
        await WaitAsync(page, $"Number(document.getElementById('shown').textContent) >= {Frames}");

        // All of it is a picture for people; each canvas is looked at.
        var screenshot = await page.ScreenshotAsync(new() { Path = Path.Combine(ProgramProcess.Root, "artifacts", "screenshots", "live.png") });
        TestContext.Current.AddAttachment("live.png", screenshot, "image/png");
        using var drawn = SKBitmap.Decode(await page.Locator("#in").ScreenshotAsync());
        using var edges = SKBitmap.Decode(await page.Locator("#out").ScreenshotAsync());
        Assert.True(Part(drawn, IsColourful) > 0.5, "The film has no colours.");
        Assert.True(Part(edges, IsColourful) < 0.01, "What came back has colours.");
        Assert.InRange(Part(edges, colour => Brightness(colour) < 40), 0.8, 0.995);
        Assert.InRange(Part(edges, colour => Brightness(colour) > 150), 0.002, 0.1);
        var rate = double.Parse(await page.Locator("#rate").InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(rate, 1, 60);
        Assert.Matches("^[0-9]+ ms$", await page.Locator("#median").InnerTextAsync());
        Assert.Matches("^[0-9]+ ms$", await page.Locator("#slow").InnerTextAsync());
        TestContext.Current.SendDiagnosticMessage("{0} frames a second, latency {1}, 95 of 100 {2}", rate, await page.Locator("#median").InnerTextAsync(), await page.Locator("#slow").InnerTextAsync());

        await page.Locator("#toggle").ClickAsync();
        await WaitAsync(page, "document.getElementById('status').value.endsWith(': finished')");

        var said = await page.Locator("#status").EvaluateAsync<string>("status => status.value");
        var shown = int.Parse(await page.Locator("#shown").InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(shown, await CountAsync(demo.Address, said.Split(' ', ':')[1]));
        Assert.Empty(faults);
        Assert.Equal(0, await demo.StopAsync());
    }

    [Fact]
    public async Task A_camera_takes_the_films_place()
    {
        SkipUnlessThereIsAll();
        using var folder = new ScratchFolder();
        await using var demo = await ProgramProcess.StartLiveDemoAsync(folder.Path, TestContext.Current.CancellationToken);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium.Program,
            Args = ["--disable-dev-shm-usage", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
        });
        var page = await browser.NewPageAsync();
        await page.GotoAsync(demo.Address.ToString());
        await WaitAsync(page, "document.getElementById('status').value.startsWith('session ')");
        await page.Locator("#toggle").ClickAsync();
        await WaitAsync(page, "document.getElementById('toggle').textContent === 'Start'");
        using var film = SKBitmap.Decode(await page.Locator("#in").ScreenshotAsync());

        await page.Locator("#source").SelectOptionAsync("camera");
        await page.Locator("#toggle").ClickAsync();
        await WaitAsync(page, "Number(document.getElementById('shown').textContent) >= 10");

        // Chromium's camera of tests is green.
        using var seen = SKBitmap.Decode(await page.Locator("#in").ScreenshotAsync());
        Assert.True(Part(film, IsGreen) < 0.1, "The film is green itself.");
        Assert.True(Part(seen, IsGreen) > 0.5, "There is no camera's picture.");
    }

    private static void SkipUnlessThereIsAll()
    {
        Assert.SkipUnless(Chromium.Program is not null, "There is no browser: apt-get install chromium.");
        Assert.SkipUnless(
            File.Exists(Path.Combine(ProgramProcess.Root, "artifacts", "bin", "Live", "release", "wwwroot", "blueedge-client.js")),
            "The page's client was not there when this was built: scripts/test samples builds both.");
    }

    /// <summary>Waits for what the page shows, and says what it shows where it does not come.</summary>
    private static async Task WaitAsync(IPage page, string condition)
    {
        try
        {
            await page.WaitForFunctionAsync($"() => {condition}", null, new() { Timeout = Patience });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"This did not come: {condition}. The page shows: {await page.Locator("body").InnerTextAsync()} {await page.Locator("#status").EvaluateAsync<string>("status => status.value")}");
        }
    }

    private static async Task<int> CountAsync(Uri page, string session)
    {
        using var http = new HttpClient();
        var answer = await http.GetFromJsonAsync<JsonElement>(new Uri(page, $"/api/v1/process-workflow/{session}"), TestContext.Current.CancellationToken);
        return answer.GetProperty("data").GetProperty("results").GetProperty("Edges").GetArrayLength();
    }

    /// <summary>The part of a picture's pixels that are so; its corners are the page's.</summary>
    private static double Part(SKBitmap picture, Func<SKColor, bool> isSo) => picture.Pixels.Count(isSo) / (double)picture.Pixels.Length;

    private static int Brightness(SKColor colour) => (colour.Red + colour.Green + colour.Blue) / 3;

    private static bool IsColourful(SKColor colour) =>
        Math.Max(colour.Red, Math.Max(colour.Green, colour.Blue)) - Math.Min(colour.Red, Math.Min(colour.Green, colour.Blue)) > 24;

    private static bool IsGreen(SKColor colour) => colour.Green > 128 && colour.Red < 100 && colour.Blue < 100;
}
