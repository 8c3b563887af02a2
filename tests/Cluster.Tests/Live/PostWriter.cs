using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Live;

/// <summary>Writes by POST, and sends again what nobody answered.</summary>
internal sealed class PostWriter(Gateway[] gateways, string session, int writer) : WritingClient(gateways, writer)
{
    private bool _isOwed = true;

    protected override async Task<bool> StayAsync(Gateway gateway)
    {
        while (_isOwed || await HasMoreAsync())
        {
            _isOwed = true;
            Open();
            using var content = new StringContent(
                string.Join('\n', Enumerable.Range(0, Together).Select(place => Item(Written + place))), Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson"));
            using var answer = await gateway.Http.PostAsync(
                new Uri(string.Create(CultureInfo.InvariantCulture, $"api/v1/sessions/{session}/channels/In/items?writer={Name}&sequence={Written}"), UriKind.Relative), content, TestContext.Current.CancellationToken);
            if (answer.StatusCode is not HttpStatusCode.OK)
            {
                Assert.True(answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                return false;
            }

            (Written, _isOwed) = (Written + Together, false);
            Progress();
        }

        return true;
    }
}
