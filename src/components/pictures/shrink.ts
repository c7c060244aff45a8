/** Pixels of the longer side, enough to read a business card. */
const longestSide = 1920
const quality = 0.82
/** Bytes of a picture that may stay as it is when it is small enough in pixels, too. */
const smallEnough = 400_000

/**
 * A picture from the camera is 4 to 12 MB; what is sent has a few hundred kilobytes. Drawing it
 * anew also turns it upright and drops the place it was taken at from its metadata.
 * @throws when the file is no picture the browser can read
 */
export async function shrinkPicture(file: Blob): Promise<Blob> {
  const image = await load(file)
  const scale = Math.min(1, longestSide / Math.max(image.naturalWidth, image.naturalHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale))
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale))
  const context = canvas.getContext('2d')
  if (!context)
    throw new Error('no canvas to draw on')
  // Transparent parts of a PNG would become black in a JPEG.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  const drawn = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', quality))
  if (!drawn)
    throw new Error('the picture could not be written')
  return scale === 1 && file.size < Math.min(smallEnough, drawn.size) && file.type === 'image/png' ? file : drawn
}

function load(file: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(file)
  return new Promise((resolve, reject) => {
    const image = new Image()
    image.onload = () => {
      URL.revokeObjectURL(url)
      if (image.naturalWidth > 0)
        resolve(image)
      else reject(new Error('an empty picture'))
    }
    image.onerror = () => {
      URL.revokeObjectURL(url)
      reject(new Error('not a picture'))
    }
    image.src = url
  })
}
